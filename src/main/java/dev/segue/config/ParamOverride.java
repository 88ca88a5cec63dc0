package dev.segue.config;

/**
 * Another value for a param of a definition than its file has. Names and value are checked where the definitions are
 * read.
 *
 * @param segment the definition's name
 */
public record ParamOverride(SourceWord segment, SourceWord param, SourceWord value) {}
