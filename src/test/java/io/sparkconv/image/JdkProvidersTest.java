package io.sparkconv.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JdkProvidersTest {

    @Test
    void areOfTheJdkAlsoWhereAPlugInReadsTheFormat() {
        assertThat(ImageIO.getImageReadersByFormatName("tiff")).toIterable().hasSizeGreaterThan(1);

        assertThat(JdkProviders.readers("tiff").getClass().getModule().getName())
                .isEqualTo("java.desktop");
        assertThat(JdkProviders.writers("png").getClass().getModule().getName()).isEqualTo("java.desktop");
    }

    @Test
    void refuseAFormatThatTheJdkDoesNotKnow() {
        assertThatThrownBy(() -> JdkProviders.readers("pcx"))
                .hasMessage("Cannot use format pcx: this Java has no ImageReaderSpi of its own");
    }
}
