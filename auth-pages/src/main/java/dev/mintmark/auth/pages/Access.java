package dev.mintmark.auth.pages;

/**
 * Something a client may do or know.
 *
 * @param text what it is
 * @param inWords whether people are meant to read it, or it has no words and is shown as the client writes it
 */
record Access(String text, boolean inWords) {
    static Access asItIs(String name) {
        return new Access(name, false);
    }
}
