package com.qcompany.warehouse.contract;

import java.util.OptionalInt;
import java.util.function.Supplier;

/** Says which key of a contract cannot be used: what has a name in one of its lists. */
public final class KeyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String list;
    private final String name;

    private KeyException(String list, String name, IllegalArgumentException reason) {
        super(reason.getMessage(), reason);
        this.list = list;
        this.name = name;
    }

    /** Does something with what a list has of a name, and names both where it cannot be done. */
    public static <T> T naming(String list, String name, Supplier<T> step) {
        try {
            return step.get();
        } catch (KeyException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new KeyException(list, name, e);
        }
    }

    /** Line and key in the text of the contract. */
    String place(ContractText contract) {
        OptionalInt line = contract.line((pointer, text) -> text.equals(name)
                && (pointer.startsWith("/schema/0/" + list + "/") || pointer.startsWith("/schema/0/customProperties/"))
                && (pointer.endsWith("/name") || pointer.endsWith("/table")));
        return "%s%s.%s".formatted(line.isEmpty() ? "" : "line %d, ".formatted(line.getAsInt()), list, name);
    }
}
