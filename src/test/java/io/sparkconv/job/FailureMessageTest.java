package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailureMessageTest {

    @Test
    void refusalsStandAsTheyAre() {
        IllegalArgumentException refusal =
                new IllegalArgumentException("Cannot use tile 0: at least 1\nand more", new IOException("inner"));

        assertThat(FailureMessage.of(refusal, "extract")).isEqualTo("Cannot use tile 0: at least 1");
    }

    @Test
    void refusalsOfLibrariesNameTheCommand() {
        assertThat(FailureMessage.of(new IllegalArgumentException("bad scheme"), "extract"))
                .isEqualTo("Cannot extract: IllegalArgumentException: bad scheme");
    }

    @Test
    void innermostCauseIsTold() {
        Exception failure = new RuntimeException("job aborted", new IOException("No space left on device"));

        assertThat(FailureMessage.of(failure, "extract"))
                .isEqualTo("Cannot extract: IOException: No space left on device");
    }
}
