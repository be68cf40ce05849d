using System.Diagnostics;
using System.Globalization;
using System.Net;
using Xunit;

namespace Guardrails.Tests;

/// <summary>A real browser, where one is installed: Chromium without a window.</summary>
internal static class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>The program; null where none is installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Not run: there is no browser here.</summary>
    public static void SkipWhereThereIsNone() => Assert.SkipWhen(Program is null, "Not run: it needs Chromium, which is not installed here.");

    /// <summary>What a page is after it was loaded, and what the browser said of it.</summary>
    public static async Task<(string Page, string Log)> LoadAsync(string file, bool isDark)
    {
        var profile = Directory.CreateTempSubdirectory("guardrails-browser-");
        try
        {
            var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true, RedirectStandardError = true };
            string[] arguments =
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--disable-sync",
                $"--user-data-dir={profile.FullName}", "--enable-logging=stderr", string.Create(CultureInfo.InvariantCulture, $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}"),
                "--window-size=1500,1000", "--virtual-time-budget=5000", "--dump-dom", new Uri(file).AbsoluteUri,
            ];
            foreach (var argument in arguments) start.ArgumentList.Add(argument);
            using var browser = Process.Start(start)!;
            var page = browser.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var log = browser.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            try
            {
                await browser.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                browser.Kill(entireProcessTree: true);
                Assert.Fail("The browser did not end within a minute.");
            }
            return (await page, await log);
        }
        finally
        {
            Delete(profile);
        }
    }

    /// <summary>
    /// A page that shows documents in frames of the given widths and writes what it measures into itself: the documents have no scripts, so
    /// a page around them does it.
    /// </summary>
    public static string MeasuringPage(IEnumerable<(string Name, string Document)> documents, IEnumerable<int> widths)
    {
        var frames = from document in documents
                     from width in widths
                     select $"<iframe data-name=\"{document.Name}\" data-width=\"{width}\" style=\"width:{width}px;height:900px;border:0\" srcdoc=\"{WebUtility.HtmlEncode(document.Document)}\"></iframe>";
        return $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>{string.Concat(frames)}<pre id=\"measured\"></pre><script>{Script}</script></body></html>";
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A helper process of the browser may still be writing; the system clears its temporary folder.
        }
    }

    // For each text the contrast of its colour with what lies behind it: in a drawing the shape before it, else the next background above it.
    private const string Script = """
        window.addEventListener('load', () => {
          console.log('guardrails-probe');
          const rgb = text => (text.match(/[\d.]+/g) || []).map(Number);
          const light = c => { const f = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); }; return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
          const contrast = (a, b) => { const x = light(a), y = light(b); return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
          const lines = [];
          for (const frame of document.querySelectorAll('iframe')) {
            const page = frame.contentDocument, style = element => frame.contentWindow.getComputedStyle(element);
            const behind = element => {
              if (element.namespaceURI.endsWith('svg') && element.parentElement.tagName === 'g') {
                const shape = element.parentElement.querySelector('circle,rect');
                if (shape && element.classList.contains('wide') === false) return rgb(style(shape).fill);
              }
              for (let one = element; one; one = one.parentElement) { const c = rgb(style(one).backgroundColor); if (c.length === 3 || c[3] > 0) return c; }
              return [255, 255, 255];
            };
            for (const details of page.querySelectorAll('details')) details.open = true;
            let least = 99, where = '', texts = 0;
            for (const element of page.body.querySelectorAll('*')) {
              if (!Array.from(element.childNodes).some(n => n.nodeType === 3 && n.data.trim())) continue;
              if (['title', 'desc', 'style'].includes(element.tagName) || element.getClientRects().length === 0) continue;
              const s = style(element), front = rgb(element.namespaceURI.endsWith('svg') ? s.fill : s.color), c = contrast(front, behind(element));
              texts++;
              if (c < least) { least = c; where = element.tagName + '.' + element.getAttribute('class') + ' ' + element.textContent.slice(0, 30).replace(/\s/g, ' '); }
            }
            const width = page.documentElement.clientWidth;
            const out = Array.from(page.body.querySelectorAll('*')).filter(e => !e.closest('.scroll') && e.namespaceURI.endsWith('xhtml') && e.getBoundingClientRect().right > width + 1).map(e => e.tagName);
            const letters = Array.from(page.querySelectorAll('svg text')).filter(e => e.getClientRects().length && (e.getBoundingClientRect().right > width + 1 || e.getBoundingClientRect().left < -1)).map(e => e.textContent);
            lines.push([frame.dataset.name, frame.dataset.width, width, page.documentElement.scrollWidth, out.length, letters.length, style(page.body).backgroundColor.replace(/\s/g, ''), texts, least.toFixed(2), where + (letters.length ? ' OUT ' + letters[0].slice(0, 30) : '')].join('|'));
          }
          document.getElementById('measured').textContent = lines.join('\n');
        });
        """;
}
