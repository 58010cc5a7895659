package com.qcompany.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.hive.CsvText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages in a real browser, from files, where Chromium and its driver are installed. */
@Tag("slow")
@EnabledIf("hasBrowser")
class BrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final int MANY = 200_000;
    private static final String BIG = "sales_by_agent_and_product.html";

    @TempDir
    static Path directory;

    private static ChromeDriver browser;

    static boolean hasBrowser() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    @BeforeAll
    static void writePagesAndStart() throws IOException {
        SiteContent content = SampleContent.content(Map.of("sales_by_agent_and_product", SampleContent.manyRows(MANY)));
        for (Map.Entry<String, byte[]> file : new Site(content, SampleContent.documentation(), CsvText.PLAIN, true)
                .files()
                .entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // A request to anywhere fails, and so is an error in the browser's log.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
                "--window-size=1400,1000",
                "--user-data-dir=" + Files.createTempDirectory("browser"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
    }

    static List<String> pages() {
        return new Site(SampleContent.content(), SampleContent.documentation(), CsvText.PLAIN, true)
                .files().keySet().stream()
                        .filter(name -> name.endsWith(".html"))
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsEveryChartAndTableWithoutAnErrorOrARequest(String page) {
        open(page);

        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(browser.findElements(By.cssSelector(".chart")))
                .allSatisfy(chart ->
                        assertThat(chart.findElements(By.tagName("svg"))).hasSize(1));
        assertThat(browser.findElements(By.cssSelector(".table")))
                .allSatisfy(table -> assertThat(table.findElements(By.cssSelector("tbody tr")))
                        .isNotEmpty());
    }

    @Test
    void worksUnderThePolicyThatTheServerSets() throws IOException {
        Sites sites = new Sites(new MemoryReader(), SampleContent.documentation());
        try (PageServer server = PageServer.start(0, sites)) {
            open(URI.create(server.address() + "2024-07-01_2024-07-02/operations.html"));

            assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
            assertThat(browser.findElements(By.cssSelector(".chart svg"))).hasSize(7);

            browser.findElement(By.xpath("//button[text()='Show']")).click();
            new WebDriverWait(browser, Duration.ofSeconds(60))
                    .until(ExpectedConditions.urlToBe(server.address() + "2024-07-01_2024-07-02/index.html"));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void canBeReadByEveryone(String page) throws IOException {
        open(page);
        browser.executeScript(axe());

        Map<?, ?> found = (Map<?, ?>)
                browser.executeAsyncScript(
                        """
                const done = arguments[0];
                axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(found => done({
                  passes: found.passes.map(rule => rule.id),
                  violations: found.violations.map(rule => rule.id + ': ' + rule.nodes.map(node => node.html).join(' | ')),
                }));
                """);
        assertThat((List<?>) found.get("violations")).isEmpty();
        assertThat(found.get("passes").toString()).contains("color-contrast", "heading-order", "link-name");
    }

    @Test
    void keepsANameWithMarkupText() {
        open("top_products.html");

        assertThat(browser.findElements(By.cssSelector("tbody td")))
                .extracting(WebElement::getText)
                .contains(SampleContent.SCRIPT);
        assertThat(browser.getTitle()).startsWith("Most selling products");
    }

    @Test
    void setsNamesInTheirOwnDirection() {
        open("customers_by_spend.html");
        assertThat(cell(1).getText()).isEqualTo(SampleContent.THAI);
        assertThat(cell(1).getCssValue("direction")).isEqualTo("ltr");

        open("top_products.html");
        script("document.querySelectorAll('tbody td')[1].textContent = arguments[0]", SampleContent.ARABIC);
        assertThat(cell(1).getCssValue("direction")).isEqualTo("rtl");
    }

    @Test
    void staysUsableWithManyRows() {
        open(BIG);
        assertThat(status()).isEqualTo("1 to 100 of 200,000");
        assertThat(browser.findElements(By.cssSelector("tbody tr"))).hasSize(100);

        browser.findElement(By.xpath("//button[text()='Next']")).click();
        assertThat(status()).isEqualTo("101 to 200 of 200,000");

        browser.findElement(By.xpath("//button[text()='Total paid']")).click();
        browser.findElement(By.xpath("//button[text()='Total paid']")).click();
        assertThat(cell(7).getText()).isEqualTo("199,999.25");

        browser.findElement(By.cssSelector("input[type=search]")).sendKeys("agent 12345");
        assertThat(status()).isEqualTo("1 to 11 of 11");
        assertThat(browser.findElements(By.cssSelector("tfoot td")))
                .extracting(WebElement::getText)
                .contains("200,000", "19,999,950,000.00");
    }

    @Test
    void canBeUsedByKeyboardAlone() {
        open(BIG);
        pressFirst(Keys.TAB);
        assertThat(focused().getText()).isEqualTo("Skip to the content");
        press(Keys.ENTER);
        assertThat(browser.getCurrentUrl()).endsWith("#main");

        for (int i = 0; i < 20 && !focused().getText().equals("Units"); i++) {
            press(Keys.TAB);
        }
        press(Keys.ENTER);
        assertThat(browser.findElements(By.cssSelector("th[aria-sort=ascending]")))
                .extracting(WebElement::getText)
                .containsExactly("Units");
    }

    @Test
    void printsMoreRowsThanItShows() {
        open(BIG);
        script("dispatchEvent(new Event('beforeprint'))");
        assertThat(script("return document.querySelectorAll('tbody tr').length"))
                .isEqualTo(5000L);
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        assertThat(status()).as("what is printed says of how many").isEqualTo("1 to 5,000 of 200,000");
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
        script("dispatchEvent(new Event('afterprint'))");
        assertThat(script("return document.querySelectorAll('tbody tr').length"))
                .isEqualTo(100L);
    }

    private static void open(String page) {
        open(directory.resolve(page).toUri());
    }

    /** Opens a page and waits until it is there: on a busy machine the driver may return before it is. */
    private static void open(URI page) {
        browser.manage().logs().get(LogType.BROWSER);
        browser.get(page.toString());
        new WebDriverWait(browser, Duration.ofSeconds(60)).until(any -> script(
                        "return document.readyState === 'complete' && location.href === arguments[0]", page.toString())
                .equals(true));
    }

    private static String status() {
        return browser.findElement(By.cssSelector("[role=status]")).getText();
    }

    private static WebElement cell(int column) {
        return browser.findElements(By.cssSelector("tbody tr:first-child td")).get(column);
    }

    private static void press(Keys key) {
        new Actions(browser).sendKeys(key).perform();
    }

    /** Presses a key that moves the focus until it does: the browser loses keys right after it has opened a page. */
    private static void pressFirst(Keys key) {
        new WebDriverWait(browser, Duration.ofSeconds(30)).until(any -> {
            press(key);
            return !focused().getTagName().equals("body");
        });
    }

    private static WebElement focused() {
        return browser.switchTo().activeElement();
    }

    private static Object script(String text, Object... arguments) {
        return browser.executeScript(text, arguments);
    }

    private static String axe() throws IOException {
        try (var in = BrowserTest.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
