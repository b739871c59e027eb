"""
What QGIS makes of a GeoPackage: run by the Python that has `qgis.core`, apart from ours.

Reads a request as JSON from standard input, writes what it found as JSON to standard output.
"""

import json
import os
import sys

if __name__ == "__main__":  # nobody else has these, and nobody else needs them
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import (
        QgsApplication,
        QgsExpression,
        QgsExpressionContext,
        QgsExpressionContextUtils,
        QgsMapRendererSequentialJob,
        QgsMapSettings,
        QgsProject,
        QgsRectangle,
        QgsVectorLayer,
    )
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor

said = []


def opened(file, name):
    """Open a layer as somebody does who drags it in: its stored style comes by itself."""
    layer = QgsVectorLayer(f"{file}|layername={name}", name, "ogr")
    related, _, names, _, error = layer.listStylesInDatabase()
    message, loaded = layer.loadDefaultStyle()
    renderer = layer.renderer()
    known = layer.metadata()
    found = {
        "valid": layer.isValid(),
        "rows": layer.featureCount(),
        "crs": layer.crs().authid(),
        "styles": related,
        "style": names[0] if names else "",
        "error": error,
        "loaded": loaded,
        "message": message if not loaded else "",
        "renderer": renderer.type() if renderer else "",
        "aliases": {field.name(): field.alias() for field in layer.fields()},
        "title": known.title(),
        "abstract": known.abstract(),
        "language": known.language(),
        "identifier": known.identifier(),
        "parent": known.parentIdentifier(),
        "rights": known.rights(),
        "licenses": known.licenses(),
        "contacts": [one.organization for one in known.contacts()],
        "metadata_crs": known.crs().authid(),
        "extents": [
            [box.bounds.xMinimum(), box.bounds.yMinimum(), box.bounds.xMaximum()]
            for box in known.extent().spatialExtents()
        ],
        "scales": [layer.minimumScale(), layer.maximumScale()]
        if layer.hasScaleBasedVisibility()
        else [],
        "labels": layer.labelsEnabled() and layer.labeling() is not None,
        "shape": layer.geometryType(),
    }
    if found["renderer"] == "categorizedSymbol":
        found |= told(layer, renderer)
    return layer, found


def told(layer, renderer):
    """Tell what a renderer of categories has, and which expressions in it QGIS cannot read."""
    faults = []
    for category in renderer.categories():
        for part in category.symbol().symbolLayers():
            properties = part.dataDefinedProperties()
            for key in properties.propertyKeys():
                fault = expression_fault(properties.property(key).asExpression())
                faults += [fault] if fault else []
    for clause in renderer.orderBy().list():
        expression = clause.expression()
        faults += [expression.parserErrorString()] if expression.hasParserError() else []
    return {
        "attribute": renderer.classAttribute(),
        "ordered": renderer.orderByEnabled(),
        "faults": faults,
        "categories": [
            [one.value(), one.label(), one.symbol().color().name()]
            for one in renderer.categories()
        ],
    }


def expression_fault(text):
    found = QgsExpression(text)
    return found.parserErrorString() if found.hasParserError() else ""


def sld_of(layer, name):
    """Return whether QGIS reads the SLD, too, and how many rules it makes of it."""
    message, read = layer.loadSldStyle(name)
    renderer = layer.renderer()
    rules = renderer.rootRule().children() if renderer.type() == "RuleRenderer" else []
    return {"read": read, "message": message if not read else "", "rules": len(rules)}


def drawn(layers, asked):
    """Draw layers from below to the top, and save the picture."""
    settings = QgsMapSettings()
    settings.setLayers(layers[::-1])
    settings.setDestinationCrs(layers[0].crs())
    settings.setOutputSize(QSize(*asked["size"]))
    settings.setOutputDpi(asked.get("dpi", 96))
    settings.setExtent(QgsRectangle(*asked["bounds"]))
    settings.setBackgroundColor(QColor(asked.get("background", "#ffffff")))
    settings.setFlag(QgsMapSettings.DrawLabeling, asked.get("labels", True))
    context = QgsExpressionContext()  # what a canvas and a print of QGIS add, too
    context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
    settings.setExpressionContext(context)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(asked["to"])
    return {
        "scale": settings.scale(),
        "errors": [error.message for error in job.errors()],
        "extent": [settings.visibleExtent().xMinimum(), settings.visibleExtent().yMaximum()],
        "pixel_m": settings.mapUnitsPerPixel(),
    }


def main():
    asked = json.load(sys.stdin)
    application = QgsApplication([], False)
    application.initQgis()
    log = QgsApplication.messageLog()
    log.messageReceived.connect(lambda *told: said.append([str(one) for one in told]))
    found, layers = {"layers": {}, "pictures": []}, {}
    for name in asked["layers"]:
        layers[name], found["layers"][name] = opened(asked["file"], name)
    QgsProject.instance().addMapLayers(list(layers.values()))
    for picture in asked.get("pictures", []):
        names = picture["layers"]
        found["pictures"].append(drawn([layers[name] for name in names], picture))
    for name, file in asked.get("slds", {}).items():
        found["layers"][name]["sld"] = sld_of(layers[name], file)
    for name in asked.get("saves", []):
        found["layers"][name]["saved"] = layers[name].saveStyleToDatabase("mine", "", True, "")
    found["said"] = said
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)  # QGIS may fall over its own threads when it leaves


if __name__ == "__main__":
    main()
