/** The pages people see. They draw what the engine asks, and decide nothing. */
@NullMarked
package dev.mintmark.auth.pages;

import org.jspecify.annotations.NullMarked;
