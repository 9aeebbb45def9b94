package io.sparkconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That each run of the tests has the micro-kernel that it is made for: the build runs them with vectors and without. */
class MicroKernelProviderTest {

    @Test
    void theRunHasTheMicroKernelThatItMustHave() {
        String expected = System.getProperty("expected.kernel");
        assertThat(expected).isIn("vector", "scalar");
        assertThat(MicroKernelProvider.kernel().rows())
                .isInstanceOf(expected.equals("vector") ? VectorRowSums.class : ScalarRowSums.class);
    }

    @Test
    void thereIsOneMicroKernel() {
        assertThat(MicroKernelProvider.kernel()).isSameAs(MicroKernelProvider.kernel());
    }
}
