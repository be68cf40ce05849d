using System.Text;

namespace Guardrails;

/// <summary>A colour in light and in dark, as <c>#rrggbb</c>.</summary>
internal sealed record ReportColor(string Name, string Light, string Dark);

/// <summary>Two colours that are seen on each other, and how much they must differ by WCAG 2.2: 4.5 for text, 3 for what is drawn (1.4.3, 1.4.11).</summary>
internal sealed record ReportContrast(string Front, string Back, double Least);

/// <summary>How reports look: the colours, from which the style sheet is made, and the style sheet.</summary>
internal static class ReportStyle
{
    /// <summary>How many steps of shade there are, each with its own colour of text.</summary>
    public const int Shades = 5;

    public static readonly IReadOnlyList<ReportColor> Colors =
    [
        new("page", "#ffffff", "#10151c"), new("panel", "#f4f6f9", "#181f29"), new("ink", "#17202b", "#e8edf3"), new("soft", "#515d6b", "#a9b5c3"),
        new("rule", "#d5dbe3", "#323d4b"), new("frame", "#7b8794", "#77859a"), new("link", "#0b57a8", "#84bdf7"),
        new("bar", "#2f6db3", "#3d7fc4"), new("range", "#17202b", "#e8edf3"),
        new("warn", "#fff6e0", "#2e2611"), new("warn-ink", "#6a4400", "#f4cf86"), new("warn-rule", "#a86e00", "#c8922a"),
        new("node", "#2f6db3", "#6aa7e8"), new("node-ink", "#ffffff", "#0b1420"), new("edge", "#76828f", "#7f8da0"),
        new("shade-none", "#ffffff", "#10151c"), new("shade-none-ink", "#17202b", "#e8edf3"),
        new("shade-0", "#dbe9f8", "#1c3450"), new("shade-0-ink", "#17202b", "#e8edf3"),
        new("shade-1", "#a9cbee", "#274d78"), new("shade-1-ink", "#17202b", "#ffffff"),
        new("shade-2", "#6ea6de", "#4f8dd0"), new("shade-2-ink", "#0c141d", "#0b1420"),
        new("shade-3", "#2a67ae", "#86b8ee"), new("shade-3-ink", "#ffffff", "#0b1420"),
        new("shade-4", "#123a6b", "#c4defa"), new("shade-4-ink", "#ffffff", "#0b1420"),
    ];

    public static readonly IReadOnlyList<ReportContrast> Contrasts =
    [
        new("ink", "page", 4.5), new("ink", "panel", 4.5), new("soft", "page", 4.5), new("soft", "panel", 4.5), new("link", "page", 4.5), new("link", "panel", 4.5),
        new("warn-ink", "warn", 4.5), new("warn-rule", "page", 3), new("bar", "page", 3), new("range", "bar", 3), new("range", "page", 3),
        new("edge", "page", 3), new("node", "page", 3), new("node-ink", "node", 4.5), new("frame", "page", 3),
        .. Enumerable.Range(0, Shades).Select(i => new ReportContrast($"shade-{i}-ink", $"shade-{i}", 4.5)), new("shade-none-ink", "shade-none", 4.5),
    ];

    /// <summary>The step of a share.</summary>
    public static int Shade(decimal share) => Math.Clamp((int)(share * Shades), 0, Shades - 1);

    /// <summary>The style sheet. It has no address in it: the document needs nothing from elsewhere.</summary>
    public static string Sheet()
    {
        var text = new StringBuilder();
        text.Append(":root{color-scheme:light dark;").Append(Variables(color => color.Light)).Append("}\n");
        text.Append("@media (prefers-color-scheme:dark){:root{").Append(Variables(color => color.Dark)).Append("}}\n");
        text.Append(Rules);
        for (var i = 0; i < Shades; i++) text.Append($".s{i} circle,.s{i} rect{{fill:var(--shade-{i})}}.s{i} text{{fill:var(--shade-{i}-ink)}}\n");
        // On paper there is neither a dark page nor anything to open or to scroll.
        text.Append("@media print{:root{color-scheme:light;").Append(Variables(color => color.Light)).Append('}').Append(PrintRules).Append("}\n");
        return text.ToString();
    }

    private static string Variables(Func<ReportColor, string> value) => string.Concat(Colors.Select(color => $"--{color.Name}:{value(color)};"));

    private const string Rules = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere}
        header,main,footer,nav{max-width:78rem;margin:0 auto;padding:0 1.25rem}
        header{padding-top:2.25rem;padding-bottom:.5rem}
        h1{font-size:clamp(1.6rem,4vw,2.25rem);line-height:1.18;margin:0 0 .4rem;letter-spacing:-.015em}
        h2{font-size:1.35rem;line-height:1.25;margin:0 0 .9rem;letter-spacing:-.01em}
        h3{font-size:1.02rem;margin:1.6rem 0 .5rem}
        p{margin:0 0 .85rem;max-width:46rem}
        .sub{color:var(--soft);font-size:1.08rem;max-width:none}
        section{padding:1.9rem 0 1.1rem;border-top:1px solid var(--rule)}
        section:first-of-type{border-top:0;padding-top:.6rem}
        .lead{font-size:1.16rem;line-height:1.5}
        .note{color:var(--soft);font-size:.9rem}
        .warn{background:var(--warn);color:var(--warn-ink);border-left:4px solid var(--warn-rule);padding:.65rem .9rem;border-radius:0 .35rem .35rem 0}
        ul{margin:0 0 1rem;padding-left:1.2rem;max-width:46rem}
        li{margin:.2rem 0}
        a{color:var(--link)}
        nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;list-style:none;padding:0;max-width:none;font-size:.92rem}
        nav{margin-bottom:.4rem}
        dl.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(11rem,100%),1fr));gap:.65rem 1.4rem;margin:1.2rem 0 1rem;padding:1rem 0;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule)}
        dl.facts dt{color:var(--soft);font-size:.8rem}
        dl.facts dd{margin:0;font-size:.95rem}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(12.5rem,100%),1fr));gap:.8rem;margin:1.1rem 0 1.3rem;padding:0;list-style:none;max-width:none}
        .tiles li{background:var(--panel);border-radius:.6rem;padding:.85rem 1rem;margin:0}
        .tiles .label{display:block;color:var(--soft);font-size:.85rem}
        .tiles .figure{display:block;font-size:1.5rem;line-height:1.25;font-weight:650;letter-spacing:-.015em;margin:.1rem 0 .2rem}
        .tiles .hint{display:block;color:var(--soft);font-size:.85rem;line-height:1.4}
        figure{margin:.4rem 0 1.6rem}
        figcaption{font-weight:650;margin-bottom:.35rem}
        .scroll{overflow-x:auto;margin:0 0 1rem;border:1px solid var(--rule);border-radius:.5rem}
        .scroll:focus-visible,summary:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        table{border-collapse:collapse;width:100%;font-size:.88rem;line-height:1.4}
        caption{text-align:left;padding:.6rem;color:var(--soft);font-size:.85rem}
        th,td{text-align:left;vertical-align:top;padding:.5rem .6rem;border-top:1px solid var(--rule)}
        thead th{background:var(--panel);font-weight:600;font-size:.8rem;color:var(--soft);vertical-align:bottom;overflow-wrap:normal}
        tbody th{font-weight:600}
        tbody th bdi,td.text bdi{display:inline-block;max-width:22rem;overflow-wrap:break-word}
        tbody th bdi{max-width:15rem}
        .num{text-align:right;font-variant-numeric:tabular-nums}
        td.num,td.short{white-space:nowrap}
        table a{display:inline-block;max-width:26rem;overflow-wrap:anywhere}
        td.source bdi{display:inline-block;min-width:14rem;max-width:34rem}
        details{margin:0 0 1rem}
        summary{cursor:pointer;color:var(--link);font-size:.92rem;padding:.2rem 0}
        details>:not(summary){margin-top:.5rem}
        footer{color:var(--soft);font-size:.88rem;padding-top:1rem;padding-bottom:3rem}
        svg{display:block;width:100%;overflow:visible;font-size:12.5px}
        figure>svg{margin-bottom:.8rem}
        figure>svg+.note{margin-top:0}
        svg text{fill:var(--ink);unicode-bidi:isolate}
        svg .soft{fill:var(--soft)}
        svg .bar{fill:var(--bar)}
        svg .range{stroke:var(--range);stroke-width:1.5}
        svg .grid{stroke:var(--rule);stroke-width:1}
        svg .axis{stroke:var(--frame);stroke-width:1}
        svg .limit{fill:none;stroke:var(--frame);stroke-width:1.5;stroke-dasharray:6 4}
        svg .edge{fill:none;stroke:var(--edge)}
        svg .head{fill:var(--edge)}
        svg .back{stroke-dasharray:5 4}
        svg .node circle{fill:var(--node)}
        svg .node text.id{fill:var(--node-ink)}
        svg .id{font-weight:650;text-anchor:middle}
        svg .point circle{stroke:var(--frame);stroke-width:1.25}
        svg .least circle{stroke-dasharray:3 2.5;stroke-width:2}
        svg .sx circle,svg .sx rect{fill:var(--shade-none)}
        svg .sx text{fill:var(--shade-none-ink)}
        svg .sx rect{stroke:var(--frame)}
        svg .mid{text-anchor:middle}
        svg .end{text-anchor:end}
        svg .halo{paint-order:stroke;stroke:var(--page);stroke-width:3px;stroke-linejoin:round}
        .wide{display:none}
        @media (min-width:800px){.wide{display:inline}.narrow{display:none}}

        """;

    private const string PrintRules =
        "body{font-size:10.5pt}nav{display:none}section,figure,tr,.tiles li{break-inside:avoid}section{break-inside:auto}h2,h3,figcaption{break-after:avoid}" +
        ".scroll{overflow:visible;border:0}th,td{min-width:0;max-width:none;padding:.25rem .35rem}table{font-size:8pt}td.num,td.short{white-space:normal}details::details-content{content-visibility:visible;height:auto}a{color:inherit}";
}
