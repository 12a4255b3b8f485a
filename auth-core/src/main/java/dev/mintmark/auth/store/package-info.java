/**
 * The memory: what the engine remembers, and where. Implement these interfaces to keep it elsewhere; the contract suites of
 * auth-testkit say whether an implementation holds.
 */
@NullMarked
package dev.mintmark.auth.store;

import org.jspecify.annotations.NullMarked;
