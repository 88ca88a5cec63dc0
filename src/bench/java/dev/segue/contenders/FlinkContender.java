// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The five segments on Flink as one KeyedProcessFunction with event-time timers. */
final class FlinkContender implements Contender {
    FlinkContender() {}

    @Override
    public void start(Job job) throws Exception {
        StreamExecutionEnvironment environment = FlinkJob.environment(job);
        FlinkJob.events(environment, job)
                .process(
                        new FlinkSegments(
                                job.schemas().toString(), job.registry().toString()),
                        FlinkJob.KEY_AND_BYTES)
                .sinkTo(FlinkJob.sink(job));
        FlinkJob.run(environment, job);
    }
}
