// The composition root: configuration, pipeline, engine, channels, service.
// Everything may be known here; nothing may know this part but `main`, the command line and tests.
export { type Config, ConfigError, readConfig } from './config.ts'
export { buildEngine, type Engine, simulationContext } from './engine.ts'
export { openLogger } from './logger.ts'
export { openPipeline, type Pipeline, type PipelineOptions } from './pipeline.ts'
export { type Service, startService } from './service.ts'
export { openShutdown } from './shutdown.ts'
