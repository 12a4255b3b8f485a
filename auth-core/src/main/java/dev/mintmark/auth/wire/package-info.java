/**
 * The tongues: requests and responses as they stand on the wire, free of any HTTP library, and the dialects that read and
 * write them.
 */
@NullMarked
package dev.mintmark.auth.wire;

import org.jspecify.annotations.NullMarked;
