package io.sparkconv.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.kernel.MicroKernelChoice.VectorModule;
import org.junit.jupiter.api.Test;

/** Which micro-kernel is chosen, from literals alone. */
class MicroKernelChoiceTest {

    @Test
    void theProcessorsOwnWidthIsChosen() {
        assertThat(MicroKernelChoice.of(VectorModule.PRESENT, 512, null))
                .isEqualTo(new MicroKernelChoice(512, "Vector micro-kernel, 512 bits"));
        assertThat(MicroKernelChoice.of(VectorModule.PRESENT, 256, null).bits()).isEqualTo(256);
        assertThat(MicroKernelChoice.of(VectorModule.PRESENT, 128, null).bits()).isEqualTo(128);
    }

    @Test
    void aMissingModuleNamesTheFlag() {
        MicroKernelChoice choice = MicroKernelChoice.of(VectorModule.MISSING, 0, null);
        assertThat(choice.isVector()).isFalse();
        assertThat(choice.reason())
                .isEqualTo("Scalar micro-kernel, about ten times slower than vectors: start Java with "
                        + "--add-modules jdk.incubator.vector");
    }

    @Test
    void anOddWidthIsNotUsed() {
        MicroKernelChoice choice = MicroKernelChoice.of(VectorModule.PRESENT, 64, null);
        assertThat(choice.isVector()).isFalse();
        assertThat(choice.reason())
                .isEqualTo("Scalar micro-kernel: this processor's vectors of 64 bits are not supported");
    }

    @Test
    void thePropertyOverridesTheProcessor() {
        assertThat(MicroKernelChoice.of(VectorModule.PRESENT, 512, "128"))
                .isEqualTo(new MicroKernelChoice(128, "Vector micro-kernel, 128 bits, by property sparkconv.vectors"));
        assertThat(MicroKernelChoice.of(VectorModule.PRESENT, 128, " 512 ").bits())
                .isEqualTo(512);
        assertThat(MicroKernelChoice.of(VectorModule.PRESENT, 256, "scalar").isVector())
                .isFalse();
        assertThat(MicroKernelChoice.of(VectorModule.MISSING, 0, "scalar").reason())
                .isEqualTo("Scalar micro-kernel, by property sparkconv.vectors");
    }

    @Test
    void whatThereIsNotIsRefused() {
        assertThatThrownBy(() -> MicroKernelChoice.of(VectorModule.PRESENT, 256, "64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use sparkconv.vectors=64: 512, 256, 128 and scalar are allowed");
        assertThatThrownBy(() -> MicroKernelChoice.of(VectorModule.MISSING, 0, "256"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot use sparkconv.vectors=256: this Java has no vectors; start it with "
                        + "--add-modules jdk.incubator.vector");
    }
}
