package dev.mintmark.auth.grant;

/**
 * Something remembered that this client may redeem: it is the client's own, unexpired, unrevoked, and bound to no one else.
 * Only {@link GrantRequest#redeem} makes one, and {@link Decision.Approve#redeeming} uses it up.
 */
public interface Redeemed extends Remembered {}
