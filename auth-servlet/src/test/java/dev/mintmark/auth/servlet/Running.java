package dev.mintmark.auth.servlet;

/**
 * A container at work.
 *
 * @param port where it listens, on 127.0.0.1
 * @param stop ends it
 */
record Running(int port, AutoCloseable stop) {}
