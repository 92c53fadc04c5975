// SPDX-License-Identifier: MIT
// For `import`: the same module as for require().
export * from './index.js';
