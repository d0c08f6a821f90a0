// The composition root: configuration, channels, engine, pipeline, service.
// May know every part. Only `main`, the command line and tests may know it.
export { type Config, ConfigError, readConfig } from './config.ts'
export { buildEngine, type Engine, simulationContext } from './engine.ts'
export { openLogger } from './logger.ts'
export { openPipeline, type Pipeline, type PipelineOptions } from './pipeline.ts'
export { type Service, startService } from './service.ts'
export { openShutdown } from './shutdown.ts'
