/** One way in which a document breaks its schema; the subset of ajv's error object that is read here. */
export interface SchemaError {
  readonly keyword: string;
  /** JSON Pointer into the document. */
  readonly instancePath: string;
  /** JSON Pointer into the schema, through its references. */
  readonly schemaPath: string;
  /** The key whose name is wrong. */
  readonly propertyName?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

export declare const validateMatrix: Validator;
export declare const validateInclude: Validator;
export declare const validateService: Validator;
export declare const validateCaller: Validator;
