package io.sparkconv.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scratch arrays of one thread, kept from one call to the next, so that computing allocates nothing once it is warm. What an
 * array holds between two requests for its slot is whatever the last user left.
 */
public final class Workspace {
    private final Map<Enum<?>, float[]> floats = new IdentityHashMap<>();
    private final Map<Enum<?>, int[]> integers = new IdentityHashMap<>();
    private final List<float[]> maps = new ArrayList<>();

    /**
     * The array of a slot.
     *
     * @param slot names the array; two arrays that are in use at one time have two slots
     * @param length least length; the array may be longer
     * @return values are those that the slot's last user left
     */
    public float[] floats(Enum<?> slot, int length) {
        float[] array = floats.get(slot);
        if (array == null || array.length < length) {
            array = new float[length];
            floats.put(slot, array);
        }
        return array;
    }

    /** The same for whole numbers. */
    public int[] integers(Enum<?> slot, int length) {
        int[] array = integers.get(slot);
        if (array == null || array.length < length) {
            array = new int[length];
            integers.put(slot, array);
        }
        return array;
    }

    /**
     * An array for the values of a map between layers; those who share a workspace agree on who uses which.
     *
     * @param number names the array, from 0 on
     * @param length least length; the array may be longer
     * @return values are those that its last user left
     */
    public float[] map(int number, int length) {
        while (maps.size() <= number) {
            maps.add(new float[0]);
        }
        float[] array = maps.get(number);
        if (array.length < length) {
            // the old array is free before the new one is made
            maps.set(number, null);
            array = new float[length];
            maps.set(number, array);
        }
        return array;
    }

    /** Bytes of the arrays for maps between layers. */
    public long mapBytes() {
        return maps.stream().mapToLong(array -> 4L * array.length).sum();
    }

    /** Bytes of all arrays. */
    public long bytes() {
        long values = 0;
        for (float[] array : floats.values()) {
            values += array.length;
        }
        for (int[] array : integers.values()) {
            values += array.length;
        }
        return 4 * values + mapBytes();
    }
}
