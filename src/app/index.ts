// The composition root: configuration, pipeline, engine, channels, service.
// Everything may be known here; nothing may know this part but `main`, the command line and tests.
export { type Config, ConfigError, readConfig } from './config.ts'
export { openThinking, type Thinking, trialOver } from './engine.ts'
export { openLog } from './logger.ts'
export { type House, openHouse } from './service.ts'
