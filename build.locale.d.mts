export declare const oneLocale: import('esbuild').Plugin
