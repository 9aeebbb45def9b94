package io.sparkconv.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkspaceTest {
    private enum Slot {
        FIRST,
        SECOND
    }

    @Test
    void anArrayIsKeptWhileItIsLongEnough() {
        Workspace workspace = new Workspace();
        float[] first = workspace.floats(Slot.FIRST, 10);
        float[] map = workspace.map(1, 20);
        assertThat(workspace.floats(Slot.FIRST, 7)).isSameAs(first);
        assertThat(workspace.floats(Slot.SECOND, 7)).isNotSameAs(first);
        assertThat(workspace.map(1, 19)).isSameAs(map);
        assertThat(workspace.map(0, 3)).isNotSameAs(map);
        assertThat(workspace.mapBytes()).isEqualTo(4 * (20 + 3));
        assertThat(workspace.map(1, 21)).isNotSameAs(map).hasSize(21);
        assertThat(workspace.integers(Slot.FIRST, 2)).hasSize(2);
        assertThat(workspace.bytes()).isEqualTo(4 * (10 + 7 + 21 + 3 + 2));
    }
}
