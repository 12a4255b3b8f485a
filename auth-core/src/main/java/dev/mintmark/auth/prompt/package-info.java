/** The parlour: what the engine asks of people. It decides and keeps all state; whoever implements this only draws. */
@org.jspecify.annotations.NullMarked
package dev.mintmark.auth.prompt;
