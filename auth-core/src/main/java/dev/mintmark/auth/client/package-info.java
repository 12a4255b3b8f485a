/**
 * The door: how clients prove who they are (RFC 6749 section 2.3). One file a method.
 */
@NullMarked
package dev.mintmark.auth.client;

import org.jspecify.annotations.NullMarked;
