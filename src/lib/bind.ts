/** The action with its first argument given. */
export const bind =
  <Context, Args extends unknown[], Result>(action: (context: Context, ...args: Args) => Result, context: Context) =>
  (...args: Args): Result =>
    action(context, ...args)
