/**
 * The dies: the server's secrets, its signing keys, and what is struck with them. Public to the engine's packages only; not API.
 */
@NullMarked
package dev.mintmark.auth.keys;

import org.jspecify.annotations.NullMarked;
