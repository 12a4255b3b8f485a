package dev.mintmark.auth.grant;

import dev.mintmark.auth.protocol.Claims;
import dev.mintmark.auth.protocol.ErrorCode;
import dev.mintmark.auth.protocol.GrantType;
import dev.mintmark.auth.protocol.Refusal;
import dev.mintmark.auth.store.Kind;
import java.time.Instant;

/** A device asks whether a person has allowed it yet (RFC 8628 section 3.4). */
public final class DeviceCodeGrant implements Grant {
    /** In the details of a device: {@link #PENDING}, {@link #APPROVED} or {@link #DENIED}. */
    public static final String STATE = "state";

    /** Nobody has answered yet. */
    public static final String PENDING = "pending";

    /** A person said yes; the authorization is that person's. */
    public static final String APPROVED = "approved";

    /** A person said no. */
    public static final String DENIED = "denied";

    /** In the details of a device: until when a person may answer, in milliseconds; the row stays longer, so that the device learns why. */
    public static final String ENDS = "ends";

    /** In the details of a device: how many seconds it must wait between two questions. */
    public static final String INTERVAL = "interval";

    /** RFC 8628 section 3.5: the interval MUST be increased by 5 seconds. */
    private static final long SLOWER = 5;

    private static final String ASKED = "asked";

    /** The grant. */
    public DeviceCodeGrant() {}

    @Override
    public GrantType type() {
        return GrantType.DEVICE_CODE;
    }

    @Override
    public Decision decide(GrantRequest request) {
        Redeemed device = request.redeem(Kind.DEVICE_CODE, "device_code");
        if (device.usable() && !device.now().isBefore(moment(device, ENDS))) {
            return refuse(ErrorCode.EXPIRED_TOKEN, "nobody answered in time");
        }
        return switch (device.details().string(STATE).orElseThrow()) {
            case APPROVED ->
                Decision.approve(device.authorization())
                        .audience(Resources.narrowed(device.authorization(), request))
                        .redeeming(device);
            case DENIED -> refuse(ErrorCode.ACCESS_DENIED, "the person said no");
            default -> pending(device, request.memory());
        };
    }

    /** Each question is a write: the next one is judged by it, whichever node is asked. */
    private static Decision pending(Redeemed device, Memory memory) {
        long interval = device.details().number(INTERVAL).orElseThrow();
        boolean tooSoon = device.now().isBefore(moment(device, ASKED).plusSeconds(interval));
        Claims asked = device.details()
                .with(ASKED, device.now().toEpochMilli())
                .with(INTERVAL, tooSoon ? interval + SLOWER : interval);
        Decision.Refuse refused = tooSoon
                ? refuse(ErrorCode.SLOW_DOWN, "the device asks too often")
                : refuse(ErrorCode.AUTHORIZATION_PENDING, "nobody has answered yet");
        return refused.also(memory.rewrite(device, device.authorization(), asked));
    }

    private static Instant moment(Redeemed device, String name) {
        return Instant.ofEpochMilli(device.details().number(name).orElse(0));
    }

    private static Decision.Refuse refuse(ErrorCode code, String how) {
        return Decision.refuse(Refusal.of(code, how).saying(how));
    }
}
