// What a function's entry reads of its environment as it is loaded, where vitest.config.ts does not set it.
process.env.TABLE_NAME ??= 'preau-test'
process.env.TERRITORY ??= 'test'
