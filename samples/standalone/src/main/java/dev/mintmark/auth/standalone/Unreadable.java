package dev.mintmark.auth.standalone;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a file cannot be read, for people. */
final class Unreadable {
    private Unreadable() {}

    static String because(Path file, IOException e) {
        return "cannot be read: " + reason(file, e);
    }

    private static String reason(Path file, IOException e) {
        if (Files.isDirectory(file)) return "it is a directory";
        if (e instanceof NoSuchFileException) return "not found";
        if (e instanceof AccessDeniedException) return "not allowed";
        return e instanceof CharacterCodingException ? "it is not UTF-8" : "reading it failed";
    }
}
