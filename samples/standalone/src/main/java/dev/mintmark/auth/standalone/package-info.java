/** The standalone server. */
@NullMarked
package dev.mintmark.auth.standalone;

import org.jspecify.annotations.NullMarked;
