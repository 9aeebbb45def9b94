package io.sparkconv.plan;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.tile.PaddingMode;
import java.util.List;

/** Networks of one layer. */
final class SmallNetworks {
    private SmallNetworks() {}

    /** The sum of 3 × 3 pixels of one channel, zeros beyond the edges. */
    static Network blur() {
        AxisGeometry axis = AxisGeometry.of(3).withPadding(1, 1);
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(1, 1, 1, AxisGeometry.IDENTITY, axis, axis, PaddingMode.ZEROS);
        Convolution convolution = new Convolution(geometry, new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, null);
        return Network.of(
                InputSpecification.unscaled(1),
                List.of(new Node("blur", new ConvolutionLayer(convolution), List.of(Network.INPUT))));
    }
}
