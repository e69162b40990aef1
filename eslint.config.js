import js from "@eslint/js"
import globals from "globals"

// Names that every window has, and that a forgotten declaration would silently mean.
const UNCLEAR_GLOBALS = ["name", "event", "length", "status", "top", "parent", "find", "stop", "open"]

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      "consistent-return": "error",
      "default-case-last": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-alert": "error",
      "no-console": "error",
      "no-control-regex": "off", // text from outside is searched for them
      "no-else-return": "error",
      "no-eval": "error",
      "no-implicit-coercion": "error",
      "no-implicit-globals": "error",
      "no-implied-eval": "error",
      "no-lonely-if": "error",
      "no-new-func": "error",
      "no-param-reassign": ["error", { props: false }],
      "no-promise-executor-return": "error",
      "no-self-compare": "error",
      "no-restricted-globals": ["error", ...UNCLEAR_GLOBALS],
      "no-shadow": ["error", { hoist: "all" }],
      "no-throw-literal": "error",
      "no-unmodified-loop-condition": "error",
      "no-unneeded-ternary": "error",
      "no-unused-expressions": "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-useless-concat": "error",
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-object-has-own": "error",
      "prefer-rest-params": "error",
      "prefer-spread": "error",
      "prefer-template": "error",
      "require-await": "error",
      strict: ["error", "never"],
      yoda: "error",
    },
  },
  {
    files: ["docs/assets/**/*.js"],
    ignores: ["docs/assets/portfolio/worker.js"],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ["docs/assets/portfolio/worker.js"],
    languageOptions: { globals: globals.worker },
  },
]
