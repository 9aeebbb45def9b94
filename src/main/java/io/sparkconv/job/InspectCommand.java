package io.sparkconv.job;

import picocli.CommandLine.Command;

/** {@code inspect}: what a network does. */
@Command(name = "inspect", description = "Shows a network's layers.", mixinStandardHelpOptions = true)
final class InspectCommand implements Runnable {
    @Override
    public void run() {}
}
