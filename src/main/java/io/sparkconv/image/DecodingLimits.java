package io.sparkconv.image;

import io.sparkconv.tensor.Shape;

/**
 * Refuses an image by the size that its header claims, before anything of that size is allocated.
 *
 * @param heapBytes the most memory that the process can have
 */
record DecodingLimits(long heapBytes) {
    private static final long MAXIMUM_VALUES = Integer.MAX_VALUE - 8;
    private static final int FLOAT_BYTES = 4;

    /** The limits of this process. */
    static DecodingLimits ofThisProcess() {
        return new DecodingLimits(Runtime.getRuntime().maxMemory());
    }

    /**
     * The shape of an image, if it can be decoded here.
     *
     * @param extents channels, depth, height, width as the header says
     * @param workingBytes memory that decoding takes for each value, beside the value as a float
     */
    Shape shape(String format, int workingBytes, long... extents) throws UndecodableImageException {
        String text =
                extents[0] + " × " + (extents[1] == 1 ? "" : extents[1] + " × ") + extents[2] + " × " + extents[3];
        long values = 1;
        for (long extent : extents) {
            if (extent < 1) {
                throw UndecodableImageException.damaged(format, "size " + text + ": every extent must be at least 1");
            }
            values = values > Long.MAX_VALUE / extent ? Long.MAX_VALUE : values * extent;
        }
        long bytesPerValue = FLOAT_BYTES + (long) workingBytes;
        long needed = values > Long.MAX_VALUE / bytesPerValue ? Long.MAX_VALUE : values * bytesPerValue;
        if (values > MAXIMUM_VALUES || needed > heapBytes) {
            throw UndecodableImageException.tooLarge(format + " of " + text + ": " + values + " values, at most "
                    + MAXIMUM_VALUES + " fit in one array; decoding needs about " + needed
                    + " bytes, the heap's maximum is " + heapBytes + " bytes");
        }
        return new Shape((int) extents[0], (int) extents[1], (int) extents[2], (int) extents[3]);
    }
}
