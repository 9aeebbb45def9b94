package io.sparkconv.network.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The files of {@code src/test/resources/weights}. */
final class Fixture {
    private Fixture() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream stream = Fixture.class.getResourceAsStream("/weights/" + name)) {
            return stream.readAllBytes();
        }
    }

    /** Compares every tensor's name, shape and bits with NumPy's. */
    static void assertHolds(WeightFile file, String section) throws IOException {
        JsonNode expected = new JsonMapper().readTree(bytes("expected.json")).path(section);
        assertThat(file.names()).hasSize(expected.size()).isNotEmpty();
        for (Map.Entry<String, JsonNode> tensor : expected.properties()) {
            JsonNode extents = tensor.getValue().path("shape");
            int[] shape = new int[extents.size()];
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = extents.path(axis).intValue();
            }
            assertThat(file.shape(tensor.getKey())).containsExactly(shape);
            Parameter read = file.read(tensor.getKey(), shape);
            assertThat(read.shape()).containsExactly(shape);
            JsonNode bits = tensor.getValue().path("bits");
            assertThat(read.values()).hasSize(bits.size());
            for (int i = 0; i < bits.size(); i++) {
                assertThat(Float.floatToRawIntBits(read.values()[i]))
                        .as("%s[%d]", tensor.getKey(), i)
                        .isEqualTo((int) bits.path(i).longValue());
            }
        }
    }
}
