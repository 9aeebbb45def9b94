package io.sparkconv.network.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInFiltersTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void kernelsAreThoseOfOpenCvAndSciPy() throws IOException {
        JsonNode cases;
        try (InputStream stream = getClass().getResourceAsStream("/filters/expected.json")) {
            cases = JSON.readTree(stream);
        }
        assertThat(cases.size()).isEqualTo(15);
        for (JsonNode one : cases) {
            FilterBank bank = BuiltInFilters.create(one.path("filter"));
            JsonNode kernels = one.path("kernels");
            assertThat(bank.filters()).as(one.path("filter").toString()).isEqualTo(kernels.size());
            assertThat(bank.kernelHeight()).isEqualTo(kernels.path(0).size());
            assertThat(bank.kernelWidth()).isEqualTo(kernels.path(0).path(0).size());
            int index = 0;
            for (JsonNode kernel : kernels) {
                for (JsonNode line : kernel) {
                    for (JsonNode value : line) {
                        assertThat((double) bank.kernels()[index])
                                .as("%s, value %d", one.path("filter"), index)
                                .isCloseTo(value.doubleValue(), within(1e-7));
                        index++;
                    }
                }
            }
            assertThat(index).isEqualTo(bank.kernels().length);
        }
    }

    @Test
    void gradientsArePositiveWhereBrightnessRises() {
        for (String name : List.of("sobel", "scharr", "prewitt")) {
            FilterBank bank = BuiltInFilters.create(name, Map.of());
            assertThat(bank.names()).containsExactly(name + "_x", name + "_y");
            double alongX = 0;
            double alongY = 0;
            for (int y = 0; y < 3; y++) {
                for (int x = 0; x < 3; x++) {
                    alongX += bank.kernels()[y * 3 + x] * x;
                    alongY += bank.kernels()[9 + y * 3 + x] * y;
                }
            }
            assertThat(alongX).isPositive().isEqualTo(alongY);
        }
    }

    @Test
    void embossIsTheMatrixOfGimpsManual() {
        assertThat(BuiltInFilters.create("emboss", Map.of()).kernels()).containsExactly(-2, -1, 0, -1, 1, 1, 0, 1, 2);
    }

    @Test
    void smoothingKeepsTheMean() {
        for (FilterBank bank : List.of(
                BuiltInFilters.create("gaussian", Map.of("sigma", 5)),
                BuiltInFilters.create("box", Map.of("size", 31)),
                BuiltInFilters.create("sharpen", Map.of("strength", 3)),
                BuiltInFilters.create("emboss", Map.of()))) {
            double sum = 0;
            for (float value : bank.kernels()) {
                sum += value;
            }
            assertThat(sum).as(bank.names().toString()).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void gaborBankIsNamedByItsWaves() {
        FilterBank bank = BuiltInFilters.create("gabor", Map.of("orientations", 2, "wavelength", List.of(4, 8.5)));

        assertThat(bank.names())
                .containsExactly(
                        "gabor_0deg_wavelength4_phase0",
                        "gabor_90deg_wavelength4_phase0",
                        "gabor_0deg_wavelength8.5_phase0",
                        "gabor_90deg_wavelength8.5_phase0");
        // 0.562 · 8.5 = 4.78 pixels, three times that on either side
        assertThat(bank.kernelWidth()).isEqualTo(31);
    }

    @Test
    void depthwiseWeightRepeatsTheFiltersPerChannel() {
        FilterBank bank = new FilterBank(List.of("a", "b"), 1, 1, new float[] {2, 3});

        assertThat(bank.depthwiseWeight(3)).containsExactly(2, 3, 2, 3, 2, 3);
        assertThatThrownBy(() -> bank.depthwiseWeight(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot apply 2 filters to 0 channels: at least 1 channel and at most 2147483639 values "
                        + "are allowed");
    }

    @Test
    void refusesBanksThatAreNotWhatTheySay() {
        assertThatThrownBy(() -> new FilterBank(List.of("a"), 2, 1, new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make filters of 2 × 1: odd extents of at least 1 are allowed");
        assertThatThrownBy(() -> new FilterBank(List.of("a"), 3, 1, new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make 1 filters of 3 × 1: 2 values given, 3 needed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "sobl"                            | 'sobl' is none of the allowed sobel, scharr, prewitt, laplacian, sharpen, emboss, gaussian, box, gabor, identity
            3                                 | '3' is neither a name nor one name with its options, such as {gaussian: {sigma: 2.0}}
            {"box":{},"sobel":{}}             | '{"box":{},"sobel":{}}' is neither a name nor one name with its options, such as {gaussian: {sigma: 2.0}}
            {"box":5}                         | 'box' has options '5', names with values are allowed
            {"gaussian":{"sigmaa":1}}         | 'gaussian' has no option 'sigmaa': allowed are sigma, size
            {"identity":{"size":1}}           | 'identity' has no option 'size': it has none
            {"sobel":{"direction":"z"}}       | 'sobel' has direction 'z': allowed are x, y, both
            {"laplacian":{"connectivity":6}}  | 'laplacian' has connectivity '6': allowed are 4, 8
            {"sharpen":{"strength":0}}        | 'sharpen' has strength '0.0': a number above 0 is allowed
            {"gaussian":{"sigma":0}}          | 'gaussian' has sigma '0.0': a number above 0 is allowed
            {"gaussian":{"sigma":-1.5}}       | 'gaussian' has sigma '-1.5': a number above 0 is allowed
            {"gaussian":{"sigma":"2"}}        | 'gaussian' has sigma '2': a finite number is allowed
            {"gaussian":{"sigma":1e999}}      | 'gaussian' has sigma 'Infinity': a finite number is allowed
            {"gaussian":{"sigma":[1,2]}}      | 'gaussian' has sigma '[1, 2]': a finite number is allowed
            {"gaussian":{"sigma":1000}}       | 'gaussian' has size '6001.0': an odd number from 1 to 1023 is allowed; without the option it follows from sigma
            {"gaussian":{"size":4}}           | 'gaussian' has size '4': an odd number from 1 to 1023 is allowed
            {"box":{"size":-3}}               | 'box' has size '-3': an odd number from 1 to 1023 is allowed
            {"box":{"size":2.5}}              | 'box' has size '2.5': an odd number from 1 to 1023 is allowed
            {"gabor":{"orientations":0}}      | 'gabor' has orientations '0': a whole number from 1 to 360 is allowed
            {"gabor":{"orientations":1.5}}    | 'gabor' has orientations '1.5': a whole number from 1 to 360 is allowed
            {"gabor":{"wavelength":1}}        | 'gabor' has wavelength '1.0': at least 2 pixels are allowed
            {"gabor":{"wavelength":[]}}       | 'gabor' has wavelength '[]': at least one number is needed
            {"gabor":{"wavelength":[4,"a"]}}  | 'gabor' has wavelength 'a': a finite number is allowed
            {"gabor":{"sigma":0}}             | 'gabor' has sigma '0.0': a number above 0 is allowed
            {"gabor":{"gamma":-1}}            | 'gabor' has gamma '-1.0': a number above 0 is allowed
            {"gabor":{"orientations":360,"size":1023}} | 'gabor' has 360 kernels of 1023 × 1023: at most 16777216 values are allowed
            """)
    void refusesWhatItDoesNotKnow(String definition, String message) throws IOException {
        JsonNode filter = JSON.readTree(definition);

        assertThatThrownBy(() -> BuiltInFilters.create(filter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make filter: " + message);
    }
}
