/** How fast it is. */
@NullMarked
package dev.mintmark.auth.benchmarks;

import org.jspecify.annotations.NullMarked;
