// Binds a context to an action: a factory returns actions that know what they work on.
/** The action with its first argument given. */
export const bind =
  <Context, Args extends unknown[], Result>(action: (context: Context, ...args: Args) => Result, context: Context) =>
  (...args: Args): Result =>
    action(context, ...args)
