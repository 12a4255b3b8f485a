/**
 * The accents: one real API a file pair, a profile with its routes, lifetimes and claims, and the dialect it speaks. They use
 * nothing of the engine that is not open to anyone.
 */
@NullMarked
package dev.mintmark.auth.profile;

import org.jspecify.annotations.NullMarked;
