/** Mintmark inside an application. */
@NullMarked
package dev.mintmark.auth.embedded;

import org.jspecify.annotations.NullMarked;
