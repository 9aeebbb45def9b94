package io.sparkconv.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** Runs a reader of the ImageIO interface so that whatever it throws becomes an {@link UndecodableImageException}. */
final class LibraryReader {
    private LibraryReader() {}

    /** What to do with a reader whose input is set. */
    interface Reading<T> {
        T from(ImageReader reader) throws IOException, UndecodableImageException;
    }

    static <T> T read(String format, ImageReaderSpi readers, byte[] content, Reading<T> reading)
            throws UndecodableImageException {
        try (ImageInputStream stream = new ByteArrayImageInputStream(content)) {
            ImageReader reader = readers.createReaderInstance();
            try {
                reader.setInput(stream);
                return reading.from(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // readers meet values that they do not expect with all kinds of runtime exceptions
            throw cutOff(e)
                    ? UndecodableImageException.cutOff(format + " of " + content.length + " bytes ends within its data")
                    : UndecodableImageException.damaged(format, e);
        } catch (OutOfMemoryError e) {
            // the image's own size was checked before: what was asked for is another length that the file claims
            throw UndecodableImageException.tooLarge(format + " asks for more memory than there is: " + e.getMessage());
        }
    }

    private static boolean cutOff(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException) {
                return true;
            }
        }
        return false;
    }
}
