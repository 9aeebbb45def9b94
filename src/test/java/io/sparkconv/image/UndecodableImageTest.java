package io.sparkconv.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sparkconv.tensor.FeatureMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UndecodableImageTest {
    private static final int LENGTHS_OF_EACH_FILE = 40;

    static List<String> decodable() throws IOException {
        return Fixtures.decodable();
    }

    @Test
    void refusesZeroBytes() {
        UndecodableImageException refused = refusal(new byte[0]);

        assertThat(refused).hasMessage("Cannot decode image: empty file: 0 bytes");
        assertThat(refused.reason()).isEqualTo("empty file");
        assertThat(refused.detail()).isEqualTo("0 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "refused_text.png | not an image | 40 bytes beginning with 0x5468697320697320; allowed are JPEG, PNG, TIFF,",
                "refused_60000.png | too large | PNG of 3 × 60000 × 60000: 10800000000 values, at most 2147483639 fit",
                "refused_arithmetic.jpg | unsupported JPEG | process 9 with 8 bits; allowed are 0 (baseline), 1 (extended)",
                "refused_mu_law.wav | unsupported WAV | encoding 7 with 8 bits; allowed are PCM (1) with 8, 16, 24, 32 bits",
                "refused_5_axes.npy | unsupported npy | 5 axes, allowed are 1 to 4",
            })
    void refusesWithReasonAndDetail(String name, String reason, String detail) throws IOException {
        UndecodableImageException refused = refusal(Fixtures.content(name));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.detail()).startsWith(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb444.jpg", "rgb420.jpg", "progressive.jpg", "gray.jpg", "cmyk.jpg", "large.jpg", "rgb8.png",
                "gray16.png", "interlaced.png", "palette8.png", "filters.png", "palette.gif", "large.gif", "pcm16.wav",
                "volume_f4l.nii", "compressed.nii.gz", "fortran.npy", "rgb.bmp", "rgb8.tif"
            })
    void refusesAFileCutOffInTheMiddle(String name) throws IOException {
        byte[] content = Fixtures.content(name);

        UndecodableImageException refused = refusal(Arrays.copyOf(content, content.length / 2));

        assertThat(refused.reason()).isEqualTo("cut off");
        assertThat(refused.detail()).containsPattern("\\d+ bytes");
    }

    @ParameterizedTest
    @MethodSource("decodable")
    void refusesAFileCutOffAnywhereUnlessItsPixelsAreWhole(String name) throws Exception {
        byte[] content = Fixtures.content(name);
        FeatureMap whole = ImageDecoder.decode(content).pixels();

        for (int i = 0; i < LENGTHS_OF_EACH_FILE; i++) {
            int length = (int) ((long) content.length * i / LENGTHS_OF_EACH_FILE);
            Optional<FeatureMap> part = decodeOrRefuse(Arrays.copyOf(content, length), name + " cut off at " + length);
            if (part.isPresent()) {
                assertThat(part.get().values())
                        .as("%s cut off at %d of %d", name, length, content.length)
                        .containsExactly(whole.values());
            }
        }
    }

    @Test
    void decodesOrRefusesWhateverIsChanged() throws IOException {
        long seed = Long.getLong("image.mutation.seed", 20260101L);
        int mutations = Integer.getInteger("image.mutations", 500);
        System.out.println("mutations of images: seed " + seed);
        Random random = new Random(seed);
        List<String> names = Fixtures.all();
        int refused = 0;
        for (int mutation = 0; mutation < mutations; mutation++) {
            String name = names.get(random.nextInt(names.size()));
            byte[] content = mutated(Fixtures.content(name), random);
            boolean decoded = decodeOrRefuse(content, name + ", mutation " + mutation + " of seed " + seed)
                    .isPresent();
            refused += decoded ? 0 : 1;
        }
        assertThat(refused).isBetween(mutations / 10, mutations - mutations / 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x49484452, 0x49444154})
    void refusesAPngWhoseChecksumIsWrong(int chunk) throws IOException {
        byte[] content = Fixtures.content("rgb8.png");
        byte[] name = ByteBuffer.allocate(4).putInt(chunk).array();
        String text = new String(content, StandardCharsets.ISO_8859_1);
        content[text.indexOf(new String(name, StandardCharsets.ISO_8859_1)) + 13] ^= 1;

        UndecodableImageException refused = refusal(content);

        assertThat(refused.reason()).isEqualTo("damaged PNG");
        assertThat(refused.detail()).startsWith("checksum of chunk ").contains("the file says");
    }

    @Test
    void refusesAPngWhoseImageDataEndEarlyInAWholeFile() throws IOException {
        byte[] content = Fixtures.content("gray8.png");
        ByteBuffer.wrap(content).putInt(20, 10); // one row more
        correctChecksum(content, 8);

        assertThat(refusal(content).reason()).isEqualTo("cut off");
    }

    @ParameterizedTest
    @CsvSource({"24, 3", "24, 32", "24, -128", "25, 1", "25, 3", "25, 7", "26, 1", "27, 1", "28, 2"})
    void refusesAPngWhoseHeaderHasAValueThatIsNotAllowed(int position, byte value) throws IOException {
        byte[] content = Fixtures.content("rgb16.png");
        content[position] = value;
        correctChecksum(content, 8);

        assertThat(refusal(content).reason()).isEqualTo("damaged PNG");
    }

    @ParameterizedTest
    @CsvSource({"gray_key.png, 1", "gray1_key.png, 1", "rgb_key.png, 4"})
    void refusesAPngWhoseTransparentColourHasAnotherNumberOfBytes(String name, int bytes) throws IOException {
        byte[] content = Fixtures.content(name);
        int transparency = new String(content, StandardCharsets.ISO_8859_1).indexOf("tRNS") - 4;
        ByteBuffer chunk = ByteBuffer.wrap(content, transparency, content.length - transparency)
                .slice();
        int end = transparency + 12 + chunk.getInt(0);
        chunk.putInt(0, bytes);
        System.arraycopy(content, end, content, transparency + 12 + bytes, content.length - end);
        correctChecksum(content, transparency);

        assertThat(refusal(content).reason()).isEqualTo("damaged PNG");
    }

    @Test
    void refusesAPngWithAColourThatItsPaletteDoesNotHave() throws IOException {
        byte[] content = Fixtures.content("palette4.png"); // 11 colours
        ByteBuffer chunk = ByteBuffer.wrap(content, 33, 8).slice();
        assertThat(chunk.getInt(4)).isEqualTo(0x504C5445);
        int end = 33 + 12 + chunk.getInt(0);
        chunk.putInt(0, 9); // 3 colours
        byte[] rest = Arrays.copyOfRange(content, end, content.length);
        System.arraycopy(rest, 0, content, 33 + 12 + 9, rest.length);
        correctChecksum(content, 33);

        UndecodableImageException refused = refusal(content);

        assertThat(refused.reason()).isEqualTo("damaged PNG");
        assertThat(refused.detail()).matches("colour \\d+ of a palette of 3");
    }

    @Test
    void refusesAPngWhoseDataCannotHoldTheSizeThatItsHeaderClaims() throws IOException {
        byte[] content = Fixtures.content("gray8.png");
        ByteBuffer.wrap(content).putInt(16, 5000).putInt(20, 5000);
        correctChecksum(content, 8);

        assertThat(refusal(content).detail()).contains("cannot hold the 25000000 bytes, 5000 × 5000 pixels");
    }

    @Test
    void refusesAGifWhoseCodesEndEarlyInAWholeFile() throws IOException {
        byte[] content = Fixtures.content("interlaced_height4.gif");
        int image = 13 + 3 * (2 << (content[10] & 7));
        assertThat(content[image]).isEqualTo((byte) ',');
        int block = image + 11;
        int half = (content[block] & 0xFF) / 2;
        byte[] early = Arrays.copyOf(content, block + 1 + half + 2);
        early[block] = (byte) half;
        early[block + 1 + half] = 0;
        early[block + 2 + half] = ';';

        UndecodableImageException refused = refusal(early);

        assertThat(refused.reason()).isEqualTo("damaged GIF");
        assertThat(refused.detail()).matches("codes end after \\d+\\.\\d+ % of the first frame's rows");
    }

    @Test
    void refusesAGifWhoseDataCannotHoldTheSizeThatItsHeaderClaims() throws IOException {
        byte[] content = Fixtures.content("interlaced_height4.gif");
        int image = 13 + 3 * (2 << (content[10] & 7));
        ByteBuffer.wrap(content)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(image + 5, (short) 20000)
                .putShort(image + 7, (short) 20000);

        assertThat(refusal(content).detail()).endsWith("bytes of codes cannot hold a first frame of 20000 × 20000");
    }

    @Test
    void refusesWhatDoesNotFitInTheHeapNamingBoth() throws IOException {
        byte[] content = Fixtures.content("filters.png"); // 3 × 90 × 120 values of 4 bytes and 1 while decoding
        DecodingLimits small = new DecodingLimits(100_000);

        assertThatThrownBy(() -> ImageDecoder.decode(content, small))
                .isInstanceOf(UndecodableImageException.class)
                .hasMessage(
                        "Cannot decode image: too large: PNG of 3 × 90 × 120: 32400 values, at most 2147483639 fit in "
                                + "one array; decoding needs about 162000 bytes, the heap's maximum is 100000 bytes");
    }

    @ParameterizedTest
    @CsvSource({"32767, too large", "0, damaged NIfTI", "-5, damaged NIfTI", "300, cut off"})
    void refusesANiftiHeaderThatLies(short extent, String reason) throws IOException {
        byte[] content = Fixtures.content("scaled_4d.nii");
        ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort(42, extent).putShort(44, extent);
        if (extent == 32767) {
            header.putShort(46, extent).putShort(48, extent);
        }

        assertThat(refusal(content).reason()).isEqualTo(reason);
    }

    @Test
    void refusesACompressedVolumeWhoseBytesDoNotFitInAnArray() throws IOException {
        byte[] volume = Fixtures.content("volume_f8l.nii");
        ByteBuffer header = ByteBuffer.wrap(volume).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort(42, (short) 20000).putShort(44, (short) 20000);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
            stream.write(volume);
        }
        DecodingLimits roomy = new DecodingLimits(Long.MAX_VALUE);

        assertThatThrownBy(() -> ImageDecoder.decode(compressed.toByteArray(), roomy))
                .isInstanceOf(UndecodableImageException.class)
                .hasMessage(
                        "Cannot decode image: too large: compressed NIfTI of 1 × 3 × 20000 × 20000 takes 9600000000 "
                                + "bytes, at most 2147483639 fit in one array");
    }

    @Test
    void refusesAWavHeaderThatLies() throws IOException {
        byte[] content = Fixtures.content("pcm16.wav");
        ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(40, 0x7FFFFFFF);

        assertThat(refusal(content))
                .hasMessage("Cannot decode image: cut off: WAV says 2147483647 bytes of samples, 200 are there");

        header.putInt(40, 200).putShort(22, (short) 0);
        assertThat(refusal(content).reason()).isEqualTo("damaged WAV");
    }

    @Test
    void readsAWavOfUnknownLengthToItsEnd() throws Exception {
        byte[] content = Fixtures.content("pcm16.wav");
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(40, -1);

        assertThat(ImageDecoder.decode(content).pixels().values())
                .containsExactly(Fixtures.expected("pcm16.wav").values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(3, 60000, 60000) | too large",
                "(2000000000, 2000000000, 2000000000) | too large",
                "(3, 0, 5) | damaged npy",
                "(3, 100, 100) | cut off",
                "() | unsupported npy",
            })
    void refusesAnNpyHeaderThatLies(String shape, String reason) throws IOException {
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
        byte[] content = Arrays.copyOf(Fixtures.content("axes3_f4.npy"), 10 + text.length());
        content[8] = (byte) text.length();
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, content, 10, text.length());

        assertThat(refusal(content).reason()).isEqualTo(reason);
    }

    @Test
    void refusesAJpegWhoseCodedDataAreDamaged() throws IOException {
        byte[] content = Fixtures.content("large.jpg");
        // a marker that ends the scan early, with the end of the image still there
        int middle = content.length / 2;
        content[middle] = (byte) 0xFF;
        content[middle + 1] = (byte) 0xD9;
        content[middle + 2] = (byte) 0xFF;
        content[middle + 3] = (byte) 0xD9;

        assertThat(refusal(content).reason()).isEqualTo("damaged JPEG");
    }

    /** Makes the checksum of a PNG's chunk right again. */
    private static void correctChecksum(byte[] content, int chunk) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        int length = buffer.getInt(chunk);
        CRC32 checksum = new CRC32();
        checksum.update(content, chunk + 4, 4 + length);
        buffer.putInt(chunk + 8 + length, (int) checksum.getValue());
    }

    private static byte[] mutated(byte[] content, Random random) {
        if (random.nextInt(5) == 0) {
            return Arrays.copyOf(content, random.nextInt(content.length));
        }
        int changes = 1 + random.nextInt(8);
        // the header, where lengths and sizes stand, is hit as often as all the rest
        int range = random.nextBoolean() ? content.length : Math.min(content.length, 400);
        for (int i = 0; i < changes; i++) {
            content[random.nextInt(range)] = (byte) random.nextInt(256);
        }
        return content;
    }

    private static Optional<FeatureMap> decodeOrRefuse(byte[] content, String description) {
        try {
            return Optional.of(ImageDecoder.decode(content).pixels());
        } catch (UndecodableImageException e) {
            assertThat(e.reason()).as(description).isNotBlank();
            assertThat(e.detail()).as(description).isNotBlank();
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(description, e);
        }
    }

    private static UndecodableImageException refusal(byte[] content) {
        UndecodableImageException refused =
                catchThrowableOfType(UndecodableImageException.class, () -> ImageDecoder.decode(content));
        assertThat(refused).as("the image is refused").isNotNull();
        return refused;
    }
}
