/** The front door. */
@NullMarked
package dev.mintmark.auth;

import org.jspecify.annotations.NullMarked;
