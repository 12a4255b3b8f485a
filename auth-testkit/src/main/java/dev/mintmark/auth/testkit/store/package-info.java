/**
 * Contract suites for implementers of stores: extend one in a test, say how a store is made, and it says whether the store
 * holds.
 */
@NullMarked
package dev.mintmark.auth.testkit.store;

import org.jspecify.annotations.NullMarked;
