using Asm.Tests.Structure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Asm.Tests.Fixes;

/// <summary>
/// Every fix that the sources can print: what stands for a parameter named <c>fix</c>, and what follows "fix: " in a text. Values that are
/// put in at run time stand as {}.
/// </summary>
internal static class FixTexts
{
    private const string Label = "fix: ";

    /// <summary>The texts with the places where they stand, in the order of the texts.</summary>
    public static IReadOnlyList<(string Text, string Path)> Read(House house)
    {
        var found = new List<(string Text, string Path)>();
        foreach ((SourceFile file, SyntaxTree tree) in house.Trees)
        {
            SemanticModel model = house.Program.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                if (IsWholeText(node) && node.ToString().Contains(Label, StringComparison.Ordinal))
                    found.AddRange(Texts((ExpressionSyntax)node, model, 0).Where(text => text.Contains(Label, StringComparison.Ordinal))
                        .Select(text => text[(text.LastIndexOf(Label, StringComparison.Ordinal) + Label.Length)..])
                        .Where(text => text is not ("" or "{}")).Select(text => (text, file.Path)));
                if (node is ParameterSyntax { Default.Value: { } otherwise } declared && IsFix(declared.Identifier.Text))
                    found.AddRange(Texts(otherwise, model, 0).Select(text => (text, file.Path)));
                if (node is AssignmentExpressionSyntax { Right: { } assigned } set && model.GetSymbolInfo(set.Left).Symbol is IParameterSymbol { Name: { } to } && IsFix(to))
                    found.AddRange(Texts(assigned, model, 0).Select(text => (text, file.Path)));
                (ISymbol? called, SeparatedSyntaxList<ArgumentSyntax> arguments) = node switch
                {
                    BaseObjectCreationExpressionSyntax { ArgumentList: { } list } => (model.GetSymbolInfo(node).Symbol, list.Arguments),
                    InvocationExpressionSyntax call => (model.GetSymbolInfo(node).Symbol, call.ArgumentList.Arguments),
                    ConstructorInitializerSyntax initializer => (model.GetSymbolInfo(node).Symbol, initializer.ArgumentList.Arguments),
                    _ => (null, default),
                };
                if (called is not IMethodSymbol method) continue;
                int position = method.Parameters.ToList().FindIndex(parameter => IsFix(parameter.Name));
                if (position < 0) continue;
                ArgumentSyntax? given = arguments.FirstOrDefault(argument => IsFix(argument.NameColon?.Name.Identifier.Text))
                    ?? (position < arguments.Count ? arguments[position] : null);
                if (given is not null) found.AddRange(Texts(given.Expression, model, 0).Select(text => (text, file.Path)));
            }
        }
        return [.. found.Distinct().OrderBy(fix => fix.Text, StringComparer.Ordinal).ThenBy(fix => fix.Path, StringComparer.Ordinal)];
    }

    private static string Unescaped(string letters) =>
        letters.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private static bool IsFix(string? name) => string.Equals(name, "fix", StringComparison.OrdinalIgnoreCase);

    private static bool IsWholeText(SyntaxNode node) =>
        node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } or InterpolatedStringExpressionSyntax
            or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression }
        && node.Parent is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression };

    // A parameter named fix that is handed on adds nothing: its texts are found where they are given.
    private static IEnumerable<string> Texts(ExpressionSyntax expression, SemanticModel model, int depth)
    {
        if (model.GetConstantValue(expression) is { HasValue: true, Value: var constant }) return constant is string whole ? [whole] : [];
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return Texts(inner.Expression, model, depth);
            case ConditionalExpressionSyntax choice:
                return [.. Texts(choice.WhenTrue, model, depth), .. Texts(choice.WhenFalse, model, depth)];
            case SwitchExpressionSyntax choice:
                return choice.Arms.SelectMany(arm => Texts(arm.Expression, model, depth));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice:
                return [.. Texts(choice.Left, model, depth), .. Texts(choice.Right, model, depth)];
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                return from left in Texts(sum.Left, model, depth) from right in Texts(sum.Right, model, depth) select left + right;
            case ThrowExpressionSyntax:
                return [];
            case InvocationExpressionSyntax { ArgumentList.Arguments: [_, { Expression: InterpolatedStringExpressionSyntax text }] }:
                // string.Create(CultureInfo.InvariantCulture, $"...")
                return Texts(text, model, depth);
            case InterpolatedStringExpressionSyntax text:
                return [string.Concat(text.Contents.Select(part =>
                    part is InterpolatedStringTextSyntax letters ? Unescaped(letters.TextToken.ValueText) : "{}"))];
        }
        ISymbol? symbol = model.GetSymbolInfo(expression).Symbol;
        if (symbol is IParameterSymbol parameter && IsFix(parameter.Name)) return [];
        // A local, property or method of ours that makes the text: what it returns.
        if (depth < 3 && symbol?.DeclaringSyntaxReferences is [var declared, ..])
        {
            SyntaxNode declaration = declared.GetSyntax();
            SemanticModel home = model.Compilation.GetSemanticModel(declaration.SyntaxTree);
            ExpressionSyntax[] made = declaration switch
            {
                VariableDeclaratorSyntax { Initializer.Value: { } value } => [value],
                PropertyDeclarationSyntax { ExpressionBody.Expression: { } value } => [value],
                MethodDeclarationSyntax { ExpressionBody.Expression: { } value } => [value],
                LocalFunctionStatementSyntax { ExpressionBody.Expression: { } value } => [value],
                _ => [.. declaration.DescendantNodes().OfType<ReturnStatementSyntax>().Select(back => back.Expression).OfType<ExpressionSyntax>()],
            };
            if (made.Length > 0) return made.SelectMany(value => Texts(value, home, depth + 1));
        }
        return ["{}"];
    }
}
