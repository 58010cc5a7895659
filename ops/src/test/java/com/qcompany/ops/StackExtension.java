package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link EmbeddedStack} of their JVM as a parameter.
 *
 * <p>It starts for the first class that asks and stops after the last test of all. Tests share it, so each works in
 * directories and databases of its own.
 */
public final class StackExtension implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
        stack(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedStack.class;
    }

    @Override
    public EmbeddedStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stack(context);
    }

    private static EmbeddedStack stack(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(StackExtension.class))
                .getOrComputeIfAbsent(SharedStack.class, key -> SharedStack.start(), SharedStack.class)
                .stack;
    }

    private static final class SharedStack implements CloseableResource {

        private final Path data;
        private final EmbeddedStack stack;

        private SharedStack(Path data, EmbeddedStack stack) {
            this.data = data;
            this.stack = stack;
        }

        static SharedStack start() {
            try {
                Path data = Files.createTempDirectory("stack");
                return new SharedStack(data, EmbeddedStack.start(StackOptions.in(data), sentence -> {}));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("Cannot start the stack for the tests", e);
            }
        }

        @Override
        public void close() throws IOException {
            stack.close();
            FileUtils.deleteDirectory(data.toFile());
        }
    }
}
