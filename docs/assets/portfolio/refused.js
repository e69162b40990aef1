// Why a file is not read, in a sentence for its reader.

export class FileRefused extends Error {}
