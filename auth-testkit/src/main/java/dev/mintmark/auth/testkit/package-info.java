/**
 * For tests: the engine as a fake token server on the JDK's own HTTP server, and the contract suites for whoever implements a
 * store or a binding.
 */
@NullMarked
package dev.mintmark.auth.testkit;

import org.jspecify.annotations.NullMarked;
