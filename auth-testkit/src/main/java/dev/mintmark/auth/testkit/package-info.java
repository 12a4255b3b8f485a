/** A fake token server for tests. */
@NullMarked
package dev.mintmark.auth.testkit;

import org.jspecify.annotations.NullMarked;
