// An object without the fields that are undefined.

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

export const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Defined<T>
