/** The engine behind Jakarta Servlet. */
@NullMarked
package dev.mintmark.auth.servlet;

import org.jspecify.annotations.NullMarked;
