package io.sparkconv.image;

/**
 * An image's bytes cannot become pixels: they are of no known format, damaged, cut off, or too large for this process.
 */
public final class UndecodableImageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String detail;

    private UndecodableImageException(String reason, String detail, Throwable cause) {
        super("Cannot decode image: " + reason + ": " + detail, cause);
        this.reason = reason;
        this.detail = detail;
    }

    /**
     * A short phrase to count by: {@code empty file}, {@code not an image}, {@code cut off}, {@code too large},
     * {@code damaged FORMAT} or {@code unsupported FORMAT}.
     */
    public String reason() {
        return reason;
    }

    /** The particulars: what was found and what is allowed. */
    public String detail() {
        return detail;
    }

    static UndecodableImageException empty() {
        return new UndecodableImageException("empty file", "0 bytes", null);
    }

    static UndecodableImageException notAnImage(String detail) {
        return new UndecodableImageException("not an image", detail, null);
    }

    static UndecodableImageException cutOff(String detail) {
        return new UndecodableImageException("cut off", detail, null);
    }

    static UndecodableImageException tooLarge(String detail) {
        return new UndecodableImageException("too large", detail, null);
    }

    static UndecodableImageException damaged(String format, String detail) {
        return new UndecodableImageException("damaged " + format, detail, null);
    }

    static UndecodableImageException damaged(String format, Throwable cause) {
        return new UndecodableImageException("damaged " + format, text(cause), cause);
    }

    static UndecodableImageException unsupported(String format, String detail) {
        return new UndecodableImageException("unsupported " + format, detail, null);
    }

    /** Readers wrap what they found in "error reading" of one thing or another. */
    private static String text(Throwable thrown) {
        String text = thrown.getClass().getSimpleName();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            text = cause.getMessage() == null ? text : cause.getMessage();
        }
        return text;
    }
}
